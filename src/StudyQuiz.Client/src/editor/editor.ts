import { fileLimit } from './file-limit';
import { shortcuts } from './shortcuts';
import { waiting } from './waiting';

fileLimit();
shortcuts();
waiting();
