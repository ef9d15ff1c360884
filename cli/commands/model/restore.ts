import { archiveCommand, models } from '../assetCommands';

export const command = archiveCommand(models, 'restore');
