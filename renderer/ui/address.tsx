/** An address: where it has to be broken, its name stays whole before the @. */
export const Address = ({ children }: { readonly children: string }) => {
  const at = children.indexOf('@');
  if (at <= 0) return children;
  return (
    <>
      {children.slice(0, at)}
      <wbr />
      {children.slice(at)}
    </>
  );
};
