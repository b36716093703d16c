import type { Logger as SlackLogger } from '@slack/web-api';
import { LogLevel } from '@slack/web-api';
import type { Logger } from '../../ports/logger.ts';

/**
 * The SDK's logger, through ours. Its debug lines hold whole requests and answers, thus people's profiles, and are dropped; its
 * warnings about a failed request repeat what is thrown and may name addresses, so only that they came is kept, at debug.
 */
export function quietLogger(logger: Logger): SlackLogger {
  return {
    debug: () => {},
    info: () => {},
    warn: () => logger.debug('The Slack SDK gave a warning.'),
    error: () => logger.debug('The Slack SDK reported an error.'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
