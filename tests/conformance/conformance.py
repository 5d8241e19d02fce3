"""Asks all judges about a running service.

    conformance.py BASE_URL FOLDER
"""

import sys

import dismiss_requirements
import interface_judges
import owslib_judges
import process_requirements
from checks import run

GROUPS = [
    ("OpenAPI", interface_judges.check_openapi),
    ("declared classes and the interface", interface_judges.check_declaration),
    ("OWSLib: OGC API Maps", owslib_judges.check_maps),
    ("OWSLib: OGC API Processes", owslib_judges.check_processes),
    ("Processes: landing page, interface, conformance", process_requirements.check_entrance),
    ("Processes: list and description", process_requirements.check_list),
    ("Processes: execution", process_requirements.check_execution),
    ("Processes: jobs and results", process_requirements.check_jobs),
    ("Processes: list of jobs", dismiss_requirements.check_job_list),
    ("Processes: dismiss", dismiss_requirements.check_dismiss),
]


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:3], GROUPS))
