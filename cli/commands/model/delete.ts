import { models, deleteCommand } from '../assetCommands';

export const command = deleteCommand(models);
