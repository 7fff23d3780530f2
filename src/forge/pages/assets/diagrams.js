// Draws Mermaid blocks when they come near the view; folded ones wait until they are opened. Mermaid reads alert text, so it runs in a sandboxed frame; what comes
// back is shown as a picture, in which nothing can run or load. Without scripts the text of the block stays.
const blocks = [...document.querySelectorAll('pre.mermaid')];
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
let frame;

function ask(id) {
  frame.contentWindow.postMessage({ id, text: blocks[id].textContent, dark }, '*');
}

function openFrame() {
  frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.className = 'drawing-board';
  frame.title = 'Diagram drawing';
  frame.tabIndex = -1;
  frame.src = '/assets/diagram.html';
  document.body.append(frame);
}

const waiting = new Set();
let ready = false;
function want(id) {
  if (!frame) openFrame();
  if (ready) ask(id);
  else waiting.add(id);
}

function show(block, svg) {
  const [, , width, height] = (/viewBox="([^"]*)"/.exec(svg)?.[1] ?? '').split(/[ ,]+/).map(Number);
  if (!(width > 0 && height > 0)) return;
  const picture = new Image(Math.ceil(width), Math.ceil(height));
  picture.className = 'diagram';
  picture.alt = `Diagram: ${block.textContent}`;
  picture.onload = () => {
    block.hidden = true;
  };
  // A picture has no width of its own while the root says 100 %.
  const sized = svg.replace(/width="100%"/, `width="${Math.ceil(width)}" height="${Math.ceil(height)}"`);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized)}`;
  block.before(picture);
}

addEventListener('message', ({ source, data }) => {
  if (!frame || source !== frame.contentWindow) return;
  if (data.ready) {
    ready = true;
    for (const id of waiting) ask(id);
  } else if (typeof data.svg === 'string' && blocks[data.id]) show(blocks[data.id], data.svg);
});

const inView = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      inView.unobserve(target);
      want(blocks.indexOf(target));
    }
  },
  { rootMargin: '1500px' },
);
for (const block of blocks) inView.observe(block);
