/** The buttons that print: without a script they could do nothing, so they are not there. */
export function showPrintButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-imprimir]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}
