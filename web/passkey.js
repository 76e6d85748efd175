// The one place where these pages need a script: browsers speak with authenticators by nothing else. It fills in one field
// of a form that is there, and asks nobody anything.
const bytesIn = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const withBytes = (named) => named.map((each) => ({ ...each, id: bytesIn(each.id) }));

async function asked({ dataset }) {
  const options = JSON.parse(dataset.options);
  const challenge = bytesIn(options.challenge);
  if (dataset.passkey === 'get')
    return navigator.credentials.get({ publicKey: { ...options, challenge, allowCredentials: [] } });
  const user = { ...options.user, id: bytesIn(options.user.id) };
  const excludeCredentials = withBytes(options.excludeCredentials);
  return navigator.credentials.create({ publicKey: { ...options, challenge, user, excludeCredentials } });
}

function answerOf({ id, rawId, type, response }) {
  const names = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const there = names.filter((name) => response[name]?.byteLength > 0);
  const said = Object.fromEntries(there.map((name) => [name, textOf(response[name])]));
  return JSON.stringify({ id, rawId: textOf(rawId), type, response: said, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!globalThis.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const failed = form.querySelector('[role=alert]');
    failed.hidden = true;
    asked(form).then(
      (credential) => {
        form.elements.answer.value = answerOf(credential);
        form.submit();
      },
      () => {
        failed.hidden = false;
      },
    );
  });
}
