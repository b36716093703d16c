/**
 * A copy of a JSON value with the values under dotted paths replaced (`members.0.profile.status_expiration`); `undefined` removes.
 * `*` stands for every element of an array or every field of an object. A path that leads nowhere adds the field at its last step only.
 */
export function replaceValues(body: unknown, values: Readonly<Record<string, unknown>>): unknown {
  let result = body;
  for (const [path, value] of Object.entries(values)) result = replaceAt(result, path.split('.'), value);
  return result;
}

function replaceAt(node: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(node)) {
    return node.map((element, index) =>
      step === '*' || step === String(index) ? replaceAt(element, rest, value) : element,
    );
  }
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = { ...node };
  for (const key of step === '*' ? Object.keys(copy) : [step]) {
    const replaced = rest.length > 0 && !(key in copy) ? undefined : replaceAt(copy[key], rest, value);
    if (replaced === undefined) delete copy[key];
    else copy[key] = replaced;
  }
  return copy;
}
