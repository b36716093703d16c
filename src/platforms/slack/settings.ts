import { z } from 'zod';
import { baseUrlOf, baseUrlSchema } from '../base-url.ts';

/** An account's settings. */
export const slackSettingsSchema = z.strictObject({
  clientId: z
    .string()
    .regex(/^\d+\.\d+$/, { error: 'Slack’s client ids are two numbers with a dot between them.' })
    .optional()
    .describe('The Client ID of your Slack app; needed for “Sign in”, not for a pasted token that does not expire.'),
  teamId: z
    .string()
    .regex(/^T[A-Z0-9]{2,}$/, { error: 'Slack’s workspace ids begin with T.' })
    .optional()
    .describe('The workspace’s id; only for apps that a whole Enterprise organisation has installed.'),
  apiUrl: baseUrlSchema.optional().describe('The address of Slack’s Web API; only for gateways and test servers.'),
});
export type SlackSettings = z.infer<typeof slackSettingsSchema>;

/** Where the account's Web API is, with a slash at the end. */
export function apiUrlOf(settings: SlackSettings): URL {
  return baseUrlOf(settings.apiUrl ?? 'https://slack.com/api/');
}
