/*
 * sphere.c - distance, destination and the oblique stereographic projection.
 */
#include "geo/sphere.h"

#include <math.h>

double sphere_radians(double degrees)
{
    return degrees * (M_PI / 180);
}

double sphere_degrees(double radians)
{
    return radians * (180 / M_PI);
}

/* Equation 5-3a, which is exact for short distances too. */
double sphere_distance_m(struct point a, struct point b)
{
    double north = sin(sphere_radians(b.y - a.y) / 2);
    double east = sin(sphere_radians(b.x - a.x) / 2);
    double share = north * north + cos(sphere_radians(a.y)) * cos(sphere_radians(b.y)) * east * east;
    return 2 * SPHERE_RADIUS_M * asin(fmin(1, sqrt(share)));
}

/* Equations 5-5 and 5-6. */
struct point sphere_destination(struct point source, double bearing_deg, double distance_m)
{
    double angle = distance_m / SPHERE_RADIUS_M;
    double bearing = sphere_radians(bearing_deg);
    double latitude = sphere_radians(source.y);
    double sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing);
    double east = sin(angle) * sin(bearing) * cos(latitude);
    double north = cos(angle) - sin(latitude) * sine;
    return (struct point){source.x + sphere_degrees(atan2(east, north)), sphere_degrees(asin(sine))};
}

/* Equations 21-2 to 21-4. */
struct point sphere_to_plane(struct point centre, struct point place)
{
    double latitude = sphere_radians(place.y);
    double east = sphere_radians(place.x - centre.x);
    double sine = sin(sphere_radians(centre.y));
    double cosine = cos(sphere_radians(centre.y));
    double scale = 2 * SPHERE_RADIUS_M / (1 + sine * sin(latitude) + cosine * cos(latitude) * cos(east));
    return (struct point){scale * cos(latitude) * sin(east),
                          scale * (cosine * sin(latitude) - sine * cos(latitude) * cos(east))};
}

/* Equations 20-14, 20-15 and 21-15. */
struct point sphere_from_plane(struct point centre, struct point plane_m)
{
    double radius_m = hypot(plane_m.x, plane_m.y);
    if (radius_m <= 0) {
        return centre;
    }
    double angle = 2 * atan2(radius_m, 2 * SPHERE_RADIUS_M);
    double sine = sin(sphere_radians(centre.y));
    double cosine = cos(sphere_radians(centre.y));
    double latitude = asin(cos(angle) * sine + plane_m.y * sin(angle) * cosine / radius_m);
    double east =
        atan2(plane_m.x * sin(angle), radius_m * cosine * cos(angle) - plane_m.y * sine * sin(angle));
    return (struct point){centre.x + sphere_degrees(east), sphere_degrees(latitude)};
}
