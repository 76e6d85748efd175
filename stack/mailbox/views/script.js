// The pages work without this: it deletes, says when there is newer mail, and gives a letter the height that it takes.
async function deleteAll() {
  if (!confirm('Delete all caught mail?')) return;
  await fetch('/api/messages', { method: 'DELETE' });
  location.assign('/');
}

const notice = document.querySelector('#new-mail');
const seen = document.body.dataset.newest;

async function lookForNewMail() {
  if (document.hidden) return;
  const answer = await fetch('/api/newest').catch(() => undefined);
  const { id } = answer?.ok ? await answer.json() : { id: seen };
  notice.hidden = id === seen || id === '';
}

document.querySelector('#delete-all')?.addEventListener('click', () => void deleteAll());
if (notice) setInterval(() => void lookForNewMail(), 3000);

const letter = document.querySelector('iframe.letter');

function fit() {
  const { documentElement } = letter.contentDocument ?? {};
  if (!documentElement) return;
  // Down first: a document is never lower than its window.
  letter.style.height = '0';
  letter.style.height = `${documentElement.scrollHeight + 2}px`;
}

if (letter) {
  letter.addEventListener('load', fit);
  new ResizeObserver(fit).observe(letter.parentElement);
}
