import { completionCommand } from '../completionCommand';

export const command = completionCommand('fish');
