// The pages work without this: it deletes, and says when there is newer mail.
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
