import { models, listCommand } from '../assetCommands';

export const command = listCommand(models);
