import { segmentPage } from './segmentation';
import { preferences } from './preferences';
import { busyForms } from './busy';
import { warnBeforeSignOut } from './unsent';

segmentPage();
preferences();
// First, for a form that is held back is not busy
warnBeforeSignOut();
busyForms();
