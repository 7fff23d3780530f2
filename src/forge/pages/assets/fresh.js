// Says that an issue has changed; it never reloads by itself, so that nothing typed is lost.
const note = document.querySelector('[data-poll]');

async function look() {
  if (document.visibilityState === 'visible') {
    const answer = await fetch(note.dataset.poll).catch(() => undefined);
    if (answer?.ok && (await answer.json()).version !== note.dataset.version) {
      note.hidden = false;
      return;
    }
  }
  setTimeout(look, 3000);
}

if (note) setTimeout(look, 3000);
