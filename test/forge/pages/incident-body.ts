/** An issue as Yagura writes them: first line, what to type, folded bulk, a hidden marker. */
export const INCIDENT_BODY = `> 🔴 **Get up. Still going on.** Likely true positive.
> **Who:** nobody yet, \`/take\` · **Since:** 2026-03-01 21:01 JST

\`crond\` on \`web-01\` talks to a mining pool [E5].

**Do next** (a responder)
- \`/approve R1\` block \`203.0.113[.]7\` on edge for 24 h [E2]

<details><summary>Attack path &amp; more</summary>

\`\`\`mermaid
flowchart TD
  a["12:01:03 upload · T1190 · E1"] --> b["12:03:01 miner started · T1496 · E3"]
\`\`\`

</details>
<details><summary>Timeline (2)</summary>

- 21:01:03 \`upload of a.php\`
- 21:03:01 \`miner </details> started\`

</details>

| entity | role |
| --- | --- |
| \`web-01\` | victim |

- [ ] ask the owner
- [x] isolate ~~later~~

Seen by @hana and @nobody, see #1 and #99.

<!-- yagura:v1 issue=i1 -->
<sub>policy acme/soc-config@1a2b3c4 · \`/help\`</sub>
`;
