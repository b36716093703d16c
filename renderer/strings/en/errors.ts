/** What to say for each code that a call can fail with: what happened, what still works, what to do. Server detail may follow. */
export const errors = {
  'malformed-request': 'Muster could not read the request. Nothing was changed. Load the page again and repeat it.',
  'not-json': 'Muster could not read the request. Nothing was changed. Load the page again and repeat it.',
  unauthorized: 'This browser is not signed in any more. Nothing was changed. Open a new link to go on.',
  'foreign-host': 'Muster answers only on this computer’s own address. Open it by the link that it prints.',
  'not-found': 'That is gone; it may have been removed meanwhile. The list is up to date.',
  merged: 'This person was linked into another one meanwhile. The list is up to date.',
  'method-not-allowed': 'This version of Muster does not do that. Nothing was changed.',
  'request-timeout': 'The request took too long to arrive. Nothing was changed. Repeat it.',
  conflict: 'That contradicts something that exists already. Nothing was changed.',
  'too-large': 'That is more than Muster takes at once. Nothing was changed. Make it shorter.',
  'unsupported-media-type':
    'Muster could not read the request. Nothing was changed. Load the page again and repeat it.',
  invalid: 'Something that was entered is not valid. Nothing was changed.',
  'credentials-refused': 'The platform refused the sign-in. Nothing was saved. Check what you entered.',
  'missing-scope': 'The sign-in lacks a permission. Nothing was saved. Add it on the platform and sign in again.',
  'platform-unreachable': 'Nothing was saved. Check the address and the network.',
  'insecure-connection': 'The connection would not be encrypted, so Muster did not sign in.',
  'secret-store-unavailable': 'Secrets cannot be kept there now. They stay where they were.',
  'rate-limited': 'That was asked too often. Nothing is lost. Wait a moment and repeat it.',
  'headers-too-large': 'That is more than Muster can search for at once. Make it shorter.',
  busy: 'Muster has more to do than it can take now. Nothing was changed. Repeat it in a moment.',
  internal:
    'Something in Muster went wrong. What you see stays as it was. Repeat it; if it happens again, “muster doctor” helps to find out why.',
  unreachable: 'Muster does not answer. Nothing was changed. It is tried again by itself; repeat your step then.',
  timeout: 'Muster took too long to answer. It may still finish; look again in a moment.',
  'unexpected-answer':
    'Muster answered in a way that this page does not understand. Load the page again to get the matching version.',
} as const;
