import { environments, updateCommand } from '../assetCommands';

export const command = updateCommand(environments);
