// The UI keeps saved views and columns in the browser alone. Ours are put there once: what somebody has changed or thrown away stays so.
function furnish({ namespace, views, columns }, storage) {
  const read = (key) => JSON.parse(storage.getItem(key) ?? '{}');
  const write = (key, value) => storage.setItem(key, JSON.stringify(value));
  const given = read('entente-views');
  const saved = read('saved-workflow-queries');
  const shown = read('namespace-workflow-table-columns');
  const fresh = views.filter(({ id }) => !given[namespace]?.includes(id));
  write('saved-workflow-queries', { ...saved, [namespace]: [...(saved[namespace] ?? []), ...fresh] });
  write('entente-views', { ...given, [namespace]: views.map(({ id }) => id) });
  write('namespace-workflow-table-columns', { [namespace]: columns, ...shown });
}

const { furniture, target } = JSON.parse(document.body.dataset.entrance);
try {
  furnish(furniture, localStorage);
} catch {
  // A browser that keeps nothing, or something unreadable, shows the UI as it comes.
}
location.replace(target);
