from mppdesk.ui.shared.lasting_none import keep_none

keep_none()
