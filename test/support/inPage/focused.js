// Runs in a page: the name of what has the focus, and how that is shown.
module.exports = () => {
  const element = document.activeElement;
  if (element === null || element === document.body) return { name: '', outline: '' };
  const name = (element.getAttribute('aria-label') ?? element.textContent).trim();
  return { name, outline: getComputedStyle(element).outlineStyle };
};
