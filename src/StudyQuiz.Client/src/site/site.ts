import { segmentPage } from './segmentation';
import { preferences } from './preferences';
import { busyForms } from './busy';

segmentPage();
preferences();
busyForms();
