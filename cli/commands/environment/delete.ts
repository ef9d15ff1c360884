import { environments, deleteCommand } from '../assetCommands';

export const command = deleteCommand(environments);
