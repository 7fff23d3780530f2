// Runs in a frame without an origin: turns Mermaid text into an SVG and hands it back as text.
let count = 0;

async function draw({ id, text, dark }) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    htmlLabels: false,
    flowchart: { htmlLabels: false, wrappingWidth: 300 },
    theme: dark ? 'dark' : 'neutral',
    fontFamily: 'system-ui, sans-serif',
  });
  try {
    const { svg } = await mermaid.render(`d${count++}`, text);
    parent.postMessage({ id, svg }, '*');
  } catch (error) {
    parent.postMessage({ id, error: String(error) }, '*');
  }
}

let last = Promise.resolve();
addEventListener('message', ({ source, data }) => {
  if (source !== parent) return;
  last = last.then(() => draw(data));
});
parent.postMessage({ ready: true }, '*');
