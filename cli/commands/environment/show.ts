import { environments, showCommand } from '../assetCommands';

export const command = showCommand(environments);
