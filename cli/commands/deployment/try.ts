import { tryCommand } from '../tryCommand';

export const command = tryCommand('deployment');
