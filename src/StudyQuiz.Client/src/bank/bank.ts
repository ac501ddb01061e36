import { shortcuts } from '../editor/shortcuts';
import { asking } from './asking';
import { choosing } from './choosing';
import { moving } from './moving';

shortcuts();
asking();
choosing();
moving();
// Tests and whoever styles by it know that keys are listened for from here on
document.getElementById('questions')?.setAttribute('data-ready', '');
