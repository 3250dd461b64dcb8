/** A page that the browser has kept as it was is asked for again: who has signed out since is not shown it. */
export function askAgainOnReturn(): void {
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) window.location.reload();
  });
}
