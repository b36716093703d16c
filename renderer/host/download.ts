/** Hands a text over as a file of this name, of JSON. */
export const download = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; its address is not needed after that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
