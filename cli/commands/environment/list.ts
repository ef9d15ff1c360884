import { environments, listCommand } from '../assetCommands';

export const command = listCommand(environments);
