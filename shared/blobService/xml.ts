/** A piece of XML that is written already. */
export interface Xml {
  readonly xml: string;
}

/** An element with text, which is escaped, or with elements in it. */
export function element(
  name: string,
  content: string | readonly Xml[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = typeof content === 'string' ? escaped(content) : content.map(({ xml }) => xml).join('');
  return { xml: `<${name}${shown.join('')}>${inner}</${name}>` };
}

export function documentOf(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>${root.xml}`;
}

/** Whether a text can stand in XML as it is. */
export function isXmlText(text: string): boolean {
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
