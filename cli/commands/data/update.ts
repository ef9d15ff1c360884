import { data, updateCommand } from '../assetCommands';

export const command = updateCommand(data);
