import type { AnsweredSchedule } from '../../client/resources';
import { scheduleColumns } from '../../shown/columns';
import { shownSchedule } from '../../shown/schedule';
import { mostItems } from '../groupOptions';
import { command as define } from '../command';
import { toggle } from '../options';
import { usageInvalid } from '../usageInvalid';

export const command = define({
  path: 'schedule list',
  summary: 'List the schedules that are enabled.',
  options: {
    includeDisabled: toggle('--include-disabled', 'Also list those that are disabled.'),
    disabledOnly: toggle('--disabled-only', 'Only list those that are disabled.'),
    enabledOnly: toggle('--enabled-only', 'Only list those that are enabled, which is what is done anyway.'),
    maxResults: mostItems,
  },
  examples: [
    ['List when the schedules are due', 'schedule list -o table'],
    ['List all of them', 'schedule list --include-disabled --query "[].name" -o tsv'],
  ],
  columns: scheduleColumns,
  run: async ({ maxResults, ...asked }, { workspace }) => {
    const listed = await workspace.all<AnsweredSchedule>('schedules', {
      ...(maxResults === undefined ? {} : { most: maxResults }),
      query: { listViewType: viewOf(asked) },
    });
    return listed.map(shownSchedule);
  },
});

function viewOf(asked: {
  readonly includeDisabled: boolean;
  readonly disabledOnly: boolean;
  readonly enabledOnly: boolean;
}): string {
  const { includeDisabled, disabledOnly, enabledOnly } = asked;
  if ([includeDisabled, disabledOnly, enabledOnly].filter(Boolean).length > 1)
    throw usageInvalid(
      'Of --include-disabled, --disabled-only and --enabled-only one is enough',
      'schedule list',
    );
  if (includeDisabled) return 'All';
  return disabledOnly ? 'DisabledOnly' : 'EnabledOnly';
}
