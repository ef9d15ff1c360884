import { Html } from './html';

/**
 * The script of the page of a job. It fetches the page again while the job goes on, and changes only what is
 * different, so that nobody loses their place; and it puts large files together from pieces. It makes no HTML:
 * everything that it shows was escaped by the server.
 */
export const pageScript = new Html(`(() => {
  'use strict';
  const pause = 1000;
  const longestPause = 15000;
  const say = (text) => {
    const place = document.getElementById('connection');
    if (place === null) return;
    place.textContent = text;
    place.hidden = text === '';
  };

  const morph = (before, after) => {
    if (before.nodeType !== after.nodeType || before.nodeName !== after.nodeName || before.id !== after.id) {
      before.replaceWith(after);
      return;
    }
    if (before.nodeType === Node.TEXT_NODE && before.data !== after.data) before.data = after.data;
    if (before.nodeType !== Node.ELEMENT_NODE) return;
    // What is open or closed is the reader's.
    const isOurs = ({ name }) => name !== 'open';
    for (const { name } of [...before.attributes].filter(isOurs))
      if (!after.hasAttribute(name)) before.removeAttribute(name);
    for (const { name, value } of [...after.attributes].filter(isOurs))
      if (before.getAttribute(name) !== value) before.setAttribute(name, value);
    const old = [...before.childNodes];
    const fresh = [...after.childNodes];
    fresh.forEach((node, at) => (at < old.length ? morph(old[at], node) : before.append(node)));
    old.slice(fresh.length).forEach((node) => node.remove());
  };

  let failures = 0;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const text = await answer.text();
      // Without its head: that has the nonce of another answer.
      const part = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
      const main = new DOMParser().parseFromString(part, 'text/html').querySelector('main');
      document.title = main.dataset.title;
      morph(document.querySelector('main'), main);
      failures = 0;
    } catch {
      failures += 1;
      say('The host does not answer, so this is not the newest state. This page tries again by itself. '
        + 'Where the host was started anew, "batchpoint job show --web" gives a new link.');
    }
    next();
  };
  const next = () => {
    if (document.querySelector('main').dataset.live !== 'yes') return;
    setTimeout(look, Math.min(longestPause, pause * 2 ** failures));
  };
  next();

  const fetchPieces = async (link) => {
    const size = Number(link.dataset.size);
    const piece = Number(link.dataset.piece);
    const parts = [];
    for (let from = 0; from < size; from += piece) {
      say('Downloading ' + link.download + ': ' + Math.floor((100 * from) / size) + ' %');
      const headers = { Range: 'bytes=' + from + '-' + Math.min(size, from + piece - 1) };
      const answer = await fetch(link.href, { headers, cache: 'no-store' });
      if (answer.status !== 206) throw new Error('the host answered ' + answer.status);
      parts.push(await answer.blob());
    }
    const whole = document.createElement('a');
    whole.href = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
    whole.download = link.download;
    whole.click();
    setTimeout(() => URL.revokeObjectURL(whole.href), 60000);
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-size]');
    if (link === null) return;
    event.preventDefault();
    fetchPieces(link).then(
      () => say(''),
      (error) => say('The download of ' + link.download + ' broke off: ' + error.message + '.'),
    );
  });
})()`);
