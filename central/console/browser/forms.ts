/** A form is sent once, however often its button is clicked. */
export function guardForms(): void {
  let sent = new WeakSet<EventTarget>();
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
  });
  // Whoever comes back to a page that the browser has kept sends it again.
  window.addEventListener('pageshow', () => {
    sent = new WeakSet();
  });
}
