import { data, deleteCommand } from '../assetCommands';

export const command = deleteCommand(data);
