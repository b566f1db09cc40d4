// Streamlit takes what is typed into a box when the box is left. Here it is taken after each pause too, so that the
// server has it whatever becomes of this window. A box takes its words at Ctrl+Enter and keeps the cursor where it is.
(() => {
  if (window.typedIsTaken) return;
  window.typedIsTaken = true;
  const PAUSE = 1500, BOXES = '[class*="st-key-cd-card-"] :is(textarea, [data-testid="stTextInput"] input)';
  let timer = 0, composing = false;
  const take = box => {
    if (composing || document.activeElement !== box) return;
    const enter = {key: 'Enter', code: 'Enter', ctrlKey: box.matches('textarea'), bubbles: true, cancelable: true};
    box.dispatchEvent(new KeyboardEvent('keydown', enter));
  };
  const soon = event => {
    const box = event.target;
    if (!(box instanceof Element) || !box.matches(BOXES)) return;
    clearTimeout(timer);
    timer = setTimeout(take, PAUSE, box);
  };
  addEventListener('input', soon);
  addEventListener('compositionstart', () => { composing = true; });
  addEventListener('compositionend', event => { composing = false; soon(event); });
})();
