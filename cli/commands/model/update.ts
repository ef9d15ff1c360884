import { models, updateCommand } from '../assetCommands';

export const command = updateCommand(models);
