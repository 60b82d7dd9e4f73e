#ifndef CONTESTA_ICAL_SHIM_H
#define CONTESTA_ICAL_SHIM_H

#include <libical/ical.h>
#include <stdint.h>

/* The few calls of libical that the reader of mails makes. "Borrowed" lives as long as the calendar it was asked of. */

enum cical_clock { CICAL_NONE = 0, CICAL_INSTANT = 1, CICAL_DAY = 2, CICAL_WALL = 3 };

/* A time: seconds since 1970 on the world's clock, or a wall's in no zone that is known. */
struct cical_moment {
    int clock;
    int64_t seconds;
    int year, month, day, hour, minute;
};

/* For cical_release; NULL for what is no calendar. The text ends with NUL. */
static inline void *cical_parse(const char *text) {
    icalerror_set_errors_are_fatal(0);
    return icalparser_parse_string(text);
}

static inline void cical_release(void *calendar) { icalcomponent_free((icalcomponent *) calendar); }

/* The first event, wherever it stands; borrowed, or NULL. */
static inline void *cical_event(void *calendar) {
    icalcomponent *whole = (icalcomponent *) calendar;
    if (icalcomponent_isa(whole) == ICAL_VEVENT_COMPONENT) return whole;
    icalcomponent *event = icalcomponent_get_first_component(whole, ICAL_VEVENT_COMPONENT);
    if (event) return event;
    icalcomponent *inner = icalcomponent_get_first_component(whole, ICAL_VCALENDAR_COMPONENT);
    return inner ? icalcomponent_get_first_component(inner, ICAL_VEVENT_COMPONENT) : NULL;
}

/* REQUEST, CANCEL and so on; borrowed, or NULL. */
static inline const char *cical_method(void *event) {
    icalcomponent *calendar = icalcomponent_get_parent((icalcomponent *) event);
    icalproperty *method = calendar ? icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY) : NULL;
    return method ? icalproperty_method_to_string(icalproperty_get_method(method)) : NULL;
}

static inline const char *cical_summary(void *event) { return icalcomponent_get_summary((icalcomponent *) event); }
static inline const char *cical_location(void *event) { return icalcomponent_get_location((icalcomponent *) event); }

static inline icalproperty *cical_property(void *event, icalproperty_kind kind) {
    return icalcomponent_get_first_property((icalcomponent *) event, kind);
}

/* As `mailto:…`; borrowed, or NULL. */
static inline const char *cical_organizer(void *event) {
    icalproperty *organizer = cical_property(event, ICAL_ORGANIZER_PROPERTY);
    return organizer ? icalproperty_get_organizer(organizer) : NULL;
}

static inline const char *cical_organizer_name(void *event) {
    icalproperty *organizer = cical_property(event, ICAL_ORGANIZER_PROPERTY);
    icalparameter *name = organizer ? icalproperty_get_first_parameter(organizer, ICAL_CN_PARAMETER) : NULL;
    return name ? icalparameter_get_cn(name) : NULL;
}

/* What the first guest says of coming: ICAL_PARTSTAT_… */
static inline int cical_answer(void *event) {
    icalproperty *guest = cical_property(event, ICAL_ATTENDEE_PROPERTY);
    icalparameter *answer = guest ? icalproperty_get_first_parameter(guest, ICAL_PARTSTAT_PARAMETER) : NULL;
    return answer ? icalparameter_get_partstat(answer) : ICAL_PARTSTAT_NONE;
}

static inline int cical_repeats(void *event) { return cical_property(event, ICAL_RRULE_PROPERTY) != NULL; }

static inline struct cical_moment cical_moment(struct icaltimetype time) {
    struct cical_moment moment = {CICAL_NONE, 0, time.year, time.month, time.day, time.hour, time.minute};
    if (icaltime_is_null_time(time) || !icaltime_is_valid_time(time)) return moment;
    if (time.is_date) {
        moment.clock = CICAL_DAY;
    } else if (icaltime_is_utc(time) || time.zone) {
        moment.clock = CICAL_INSTANT;
        moment.seconds = (int64_t) icaltime_as_timet_with_zone(time, icaltime_is_utc(time) ? icaltimezone_get_utc_timezone() : time.zone);
    } else {
        moment.clock = CICAL_WALL;
    }
    return moment;
}

static inline struct cical_moment cical_start(void *event) {
    return cical_moment(icalcomponent_get_dtstart((icalcomponent *) event));
}

/* From DTEND or DURATION; of a whole day it is the day after. */
static inline struct cical_moment cical_end(void *event) {
    return cical_moment(icalcomponent_get_dtend((icalcomponent *) event));
}

#endif
