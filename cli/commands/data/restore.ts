import { archiveCommand, data } from '../assetCommands';

export const command = archiveCommand(data, 'restore');
