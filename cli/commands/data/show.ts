import { data, showCommand } from '../assetCommands';

export const command = showCommand(data);
