import { archiveCommand, environments } from '../assetCommands';

export const command = archiveCommand(environments, 'archive');
