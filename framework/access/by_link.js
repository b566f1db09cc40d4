(() => {
  const body = document.body, key = body.dataset.key, form = document.forms.words;
  const start = document.querySelector('[autofocus]');
  if (start) start.focus();
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { return {}; } };
  const keep = draft => { try { localStorage.setItem(key, JSON.stringify(draft)); } catch (e) {} };
  if (!form) {
    if (body.dataset.page === 'receipt') try { localStorage.removeItem(key); } catch (e) {}
    return;
  }
  const said = document.getElementById('said');
  const fields = [...form.elements].filter(e => e.name && e.name !== 'once');
  const ticks = e => e.type === 'radio' || e.type === 'checkbox';
  const typed = () => fields.filter(e => ticks(e) ? e.checked : e.value).map(e => [e.name, e.value]);
  const draft = read();
  for (const [name, value] of draft.typed || []) for (const e of fields) {
    if (e.name !== name || ticks(e) && e.value !== value) continue;
    if (ticks(e)) e.checked = true; else e.value = value;
    const more = e.closest('details');
    if (more) more.open = true;
  }
  form.addEventListener('input', () => keep({typed: typed()}));
  if (!window.fetch || !window.AbortController) return;
  let pending = '', timer = 0;
  const send = async () => {
    clearTimeout(timer);
    timer = 0;
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), 10000);
    try {
      const answer = await fetch(form.action, {method: 'POST', body: new URLSearchParams(pending), signal: stop.signal});
      const page = await answer.text();
      // Too busy, broken, or a stranger's page (a café's sign-in): not an answer, so it is asked again.
      if (answer.status === 429 || answer.status >= 500 || !page.includes('<body data-page=')) throw answer;
      keep({typed: read().typed});
      if (answer.redirected) history.replaceState(null, '', answer.url);
      document.open();
      document.write(page);
      document.close();
      scrollTo(0, 0);
    } catch (e) {
      said.textContent = 'No connection. What you typed is kept on this phone; it is sent as soon as there is one.';
      timer = setTimeout(send, e.status ? 15000 : 3000);
    } finally {
      clearTimeout(late);
    }
  };
  // What is sent again must be what was sent first, so nothing can be typed until it is answered.
  const save = words => {
    pending = words;
    for (const e of form.elements)
      if (e.type !== 'submit') e.disabled = true;
      else { e.textContent = 'Saving …'; e.setAttribute('aria-disabled', 'true'); }
    send();
  };
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (pending) return;
    const words = new URLSearchParams(new FormData(form)).toString();
    keep({typed: typed(), pending: words});
    save(words);
  });
  addEventListener('online', () => timer && send());
  if (draft.pending) save(draft.pending);
})();
