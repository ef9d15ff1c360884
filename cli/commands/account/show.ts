import type { Column } from '../../output/table';
import { command as define } from '../command';

const columns: readonly Column[] = [
  ['Id', 'id'],
  ['Tenant', 'tenantId'],
  ['User', 'user.name'],
];

export const command = define({
  path: 'account show',
  summary: 'Show the subscription that ids name, and the user whose tokens commands send.',
  options: {},
  examples: [['Keep the subscription for other commands', 'account show --query id -o tsv']],
  columns,
  run: async (_options, { subscription: id }) => {
    const { ownerName } = await import('../../../shared/security/tokens.js');
    return {
      id,
      name: 'batchpoint',
      tenantId: 'local',
      isDefault: true,
      state: 'Enabled',
      user: { name: ownerName(), type: 'user' },
    };
  },
});
