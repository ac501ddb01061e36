import { tellZone } from '../common/zone';
import { segmentPage } from './segmentation';
import { preferences } from './preferences';
import { busyForms } from './busy';
import { calendars } from './calendar';
import { tellNoOffline } from './offline';
import { forgetErased, warnBeforeSignOut } from './unsent';
import { noticeViewer } from './viewer';

tellZone();
noticeViewer();
forgetErased();
segmentPage();
preferences();
// First, for a form that is held back is not busy
warnBeforeSignOut();
busyForms();
calendars();
tellNoOffline();
