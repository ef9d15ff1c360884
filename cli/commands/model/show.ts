import { models, showCommand } from '../assetCommands';

export const command = showCommand(models);
