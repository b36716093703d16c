/** An XML element with its namespace resolved; `name` is the local name. */
export interface XmlElement {
  readonly name: string;
  readonly ns: string;
  readonly attrs: Record<string, string>;
  readonly children: (XmlElement | string)[];
}

/** Builds an element; undefined attributes and children are left out. */
export function element(
  ns: string,
  name: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (XmlElement | string | undefined)[]
): XmlElement {
  const given: Record<string, string> = {};
  for (const [key, value] of Object.entries(attrs)) if (value !== undefined) given[key] = value;
  return { name, ns, attrs: given, children: children.filter((child) => child !== undefined) };
}

/** A copy with other attributes; undefined removes one. Children are shared. */
export function withAttrs(stanza: XmlElement, attrs: Readonly<Record<string, string | undefined>>): XmlElement {
  return element(stanza.ns, stanza.name, { ...stanza.attrs, ...attrs }, ...stanza.children);
}

/** The element's own elements, without text. */
export function elements(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => typeof child !== 'string');
}

/** The first child of that name in that namespace (by default the parent's). */
export function child(parent: XmlElement, name: string, ns: string = parent.ns): XmlElement | undefined {
  return elements(parent).find((one) => one.name === name && one.ns === ns);
}

/** The element's own text. */
export function text(parent: XmlElement): string {
  return parent.children.filter((one) => typeof one === 'string').join('');
}

/** The text of a child, or undefined without one. */
export function childText(parent: XmlElement, name: string, ns: string = parent.ns): string | undefined {
  const found = child(parent, name, ns);
  return found === undefined ? undefined : text(found);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text made safe between tags and in attributes. */
export function escapeXml(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const STREAMS = 'http://etherx.jabber.org/streams';

/** The element as text inside a parent of `parentNs`; elements of the streams namespace carry the `stream:` prefix of RFC 6120 §4.8. */
export function serialise(node: XmlElement, parentNs: string): string {
  const prefixed = node.ns === STREAMS;
  const name = prefixed ? `stream:${node.name}` : node.name;
  const inner = prefixed ? parentNs : node.ns;
  let tag = `<${name}`;
  if (!prefixed && node.ns !== parentNs) tag += ` xmlns='${escapeXml(node.ns)}'`;
  for (const [key, value] of Object.entries(node.attrs)) tag += ` ${key}='${escapeXml(value)}'`;
  if (node.children.length === 0) return `${tag}/>`;
  const body = node.children.map((one) => (typeof one === 'string' ? escapeXml(one) : serialise(one, inner))).join('');
  return `${tag}>${body}</${name}>`;
}
