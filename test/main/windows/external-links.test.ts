import { describe, expect, it } from 'vitest';
import { allowedLink } from '../../../main/windows/external-links.ts';
import { registry } from '../../../src/platforms/registry.ts';

describe('a link that leaves Muster', () => {
  it('may lead to a chat program', () => {
    expect(allowedLink('slack://user?team=T1&id=U1')).toBe('slack://user?team=T1&id=U1');
    expect(allowedLink('discord://-/users/80351110224678912')).toBe('discord://-/users/80351110224678912');
    expect(allowedLink('https://teams.microsoft.com/l/chat/0/0?users=1')).not.toBeNull();
    expect(allowedLink('https://gov.teams.microsoft.us/l/chat/0/0?users=1')).not.toBeNull();
    expect(allowedLink('https://wa.me/15550100')).toBe('https://wa.me/15550100');
    expect(allowedLink('xmpp:ada@example.org?message')).toBe('xmpp:ada@example.org?message');
  });

  it('may lead to the pages that the platforms themselves name', () => {
    for (const { manifest } of Object.values(registry)) {
      expect(allowedLink(manifest.documentationUrl)).toBe(manifest.documentationUrl);
      if (manifest.signIn.portalUrl) expect(allowedLink(manifest.signIn.portalUrl)).toBe(manifest.signIn.portalUrl);
    }
  });

  it('leads nowhere else', () => {
    for (const link of [
      'https://example.org/',
      'http://api.slack.com/apps',
      'https://api.slack.com.example.org/',
      'https://api.slack.com:8443/',
      'https://user:word@api.slack.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,hello',
      'smb://server/share',
      'ms-msdt:/id',
      'muster://people',
      'not a link',
      '',
    ]) {
      expect(allowedLink(link)).toBeNull();
    }
  });
});
