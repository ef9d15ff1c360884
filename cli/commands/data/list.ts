import { data, listCommand } from '../assetCommands';

export const command = listCommand(data);
