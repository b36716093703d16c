const WORDS = {
  en: {
    taken: { title: 'Back to Muster', text: 'Muster goes on with the sign-in. You can close this window.' },
    foreign: {
      title: 'This was not used',
      text: 'It does not belong to the sign-in that Muster waits for. Go back to Muster and open the page from there.',
    },
  },
  de: {
    taken: {
      title: 'Zurück zu Muster',
      text: 'Muster macht mit der Anmeldung weiter. Du kannst dieses Fenster schließen.',
    },
    foreign: {
      title: 'Das wurde nicht verwendet',
      text: 'Es gehört nicht zu der Anmeldung, auf die Muster wartet. Geh zurück zu Muster und öffne die Seite von dort.',
    },
  },
} as const;

/** What the browser shows when it has come back, in one of its languages. Whole in itself, and the same for every sign-in. */
export function landingPage(outcome: 'taken' | 'foreign', acceptLanguage: string | undefined): string {
  const language = /^\s*de\b/i.test(acceptLanguage ?? '') ? 'de' : 'en';
  const { title, text } = WORDS[language][outcome];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { display: grid; place-content: center; min-height: 90vh; margin: 0; padding: 1rem; text-align: center; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
p { margin: 0; opacity: .8; }
</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
