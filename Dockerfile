# The image's own Node only starts Yagura; npm brings the Node it runs under.
FROM node:24-trixie-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY bin ./bin
COPY src ./src
COPY tools ./tools
COPY prompts ./prompts
COPY examples ./examples
COPY .github/ISSUE_TEMPLATE ./.github/ISSUE_TEMPLATE
COPY LICENSE README.md CHANGELOG.md app.yml ./
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3100 YAGURA_DATA_DIR=/data
VOLUME /data
EXPOSE 3100
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/yagura.js", "start"]
