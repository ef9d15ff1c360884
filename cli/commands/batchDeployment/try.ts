import { tryCommand } from '../tryCommand';

export const command = tryCommand('batch-deployment');
