// Runs in a page: what is wider than it, and texts of which the contrast is below 4.5 to 1.
module.exports = () => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
    }
    return 'white';
  };
  const isRead = (element) =>
    element.checkVisibility() &&
    getComputedStyle(element).fontSize !== '0px' &&
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '',
    );
  const contrast = (element) => {
    const both = [getComputedStyle(element).color, behind(element)].map(luminance);
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  const all = [...document.querySelectorAll('main *')];
  const read = all.filter(isRead);
  const name = (element) => `${element.tagName} ${element.textContent.slice(0, 30)}`;
  return {
    read: read.length,
    width: document.documentElement.scrollWidth,
    // What scrolls in itself may hold what is wider.
    wider: all.filter((element) => element.getBoundingClientRect().right > innerWidth + 1).map(name),
    faint: read.filter((element) => contrast(element) < 4.5).map(name),
  };
};
